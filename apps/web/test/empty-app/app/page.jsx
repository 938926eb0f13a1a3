/** What Next.js itself costs: `page-weight.proof.ts` and `pnpm bench:web` compare our pages with it. */
export default function EmptyPage() {
  return <p>Empty</p>
}
