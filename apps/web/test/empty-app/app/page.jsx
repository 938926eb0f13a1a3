/** What Next.js itself costs: the page that `page-weight.test.ts` compares ours with. */
export default function EmptyPage() {
  return <p>Empty</p>
}
