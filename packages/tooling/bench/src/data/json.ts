/** Reads JSON and takes it at its word: for the baseline server, which validates nothing. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows
export const parseTrusted: <Value>(text: string) => Value = JSON.parse
