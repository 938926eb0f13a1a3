/** The part of the Web Storage API that is needed; its answers may be promises. */
export interface StorageLike {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): unknown
  removeItem(key: string): unknown
}
