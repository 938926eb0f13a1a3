/**
 * A tab of a browser, as far as the tests of every engine need it. Elements are named by XPath,
 * which all drivers know.
 */
export interface Tab {
  /** Opens a page of the app by its path. */
  open(path: string): Promise<void>
  url(): Promise<string>
  /** Clicks an element, once it is there. */
  click(xpath: string): Promise<void>
  /** Types into a field in place of what it holds. */
  fill(xpath: string, text: string): Promise<void>
  /** Calls a function in the page. */
  evaluate<Result>(code: () => Result): Promise<Result>
  reload(): Promise<void>
  back(): Promise<void>
  /** Opens another tab of the same browser. */
  openTab(): Promise<Tab>
  /** Takes the network from the tab, or gives it back. */
  setOffline(isOffline: boolean): Promise<void>
  /** What the elements say that assistive technology knows by a role. */
  readRole(role: 'status' | 'alert'): Promise<string[]>
}

/** An engine that tests can start. */
export interface Engine {
  name: string
  /** What this machine lacks to run it. */
  missing: string | undefined
  start(): Promise<RunningEngine>
}

/** A browser that runs for all tests of a worker. */
export interface RunningEngine {
  /**
   * Opens a tab with cookies and storage of its own, for the app at `baseURL`, in whose certificate
   * it trusts. Calls `use` with it, and closes it.
   */
  withTab(baseURL: string, use: (tab: Tab) => Promise<void>): Promise<void>
  stop(): Promise<void>
}
