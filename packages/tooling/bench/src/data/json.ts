/** Parses JSON without validation, as the baseline server does. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows
export const parseTrusted: <Value>(text: string) => Value = JSON.parse
