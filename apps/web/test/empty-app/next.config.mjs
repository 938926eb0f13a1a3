/** Without a config of its own Next.js would take the web app's. */
export default {}
