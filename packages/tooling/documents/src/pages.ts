import { renderErrorsPage } from './errors-page.ts'
import { renderSettingsPage } from './settings-page.ts'

/** Returns the generated pages of the site by file name. */
export function generatedPages(): Record<string, string> {
  return { 'errors.md': renderErrorsPage(), 'settings.md': renderSettingsPage() }
}
