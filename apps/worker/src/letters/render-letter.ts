import { directionOf, type Language } from '@pockitflyer/languages'
import { render, toPlainText } from '@react-email/render'
import { createElement as h, type ReactElement } from 'react'
import type { Block, Letter } from './letter.ts'

/** A mail as it is sent. */
export interface RenderedMail {
  subject: string
  text: string
  html: string
}

/**
 * Renders a letter as HTML, and the text from that. The elements are written without JSX: Node runs
 * this file as it is. @react-email/render makes both; its components would bring Tailwind and Prism
 * into the process (60 MB).
 */
export async function renderLetter(
  { subject, blocks }: Letter,
  { language, brand }: { language: Language; brand: string },
): Promise<RenderedMail> {
  const html = await render(
    h(
      'html',
      { lang: language, dir: directionOf(language) },
      h(
        'head',
        null,
        h('meta', { charSet: 'utf-8' }),
        h('meta', { name: 'viewport', content: 'width=device-width' }),
        h('meta', { name: 'color-scheme', content: 'light dark' }),
        h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
        h('title', null, subject),
        h('style', { dangerouslySetInnerHTML: { __html: styleSheet } }),
      ),
      h(
        'body',
        { className: 'page', style: styles.page },
        h(
          'div',
          { className: 'card', style: styles.card },
          h('p', { style: styles.brand }, brand),
          ...blocks.map((block, key) => renderBlock(block, key)),
        ),
      ),
    ),
  )
  // A space of no width, which breaks links, is not made a space.
  return { subject, html, text: toPlainText(html, { whitespaceCharacters: ' \t\r\n\f' }) }
}

function renderBlock(block: Block, key: number): ReactElement {
  if ('code' in block) return h('p', { key, className: 'code', dir: 'ltr', style: styles.code }, block.code)
  if ('link' in block)
    return h(
      'p',
      { key, style: styles.text },
      h('a', { href: block.link, className: 'button', style: styles.button }, block.label),
    )
  if ('facts' in block)
    return h(
      'p',
      { key, className: 'facts', style: styles.facts },
      ...block.facts.flatMap(([name, value], index) => [
        index > 0 ? h('br', { key: `${name} break` }) : '',
        `${name}: ${value}`,
      ]),
    )
  return h('p', { key, style: styles.text }, block.text)
}

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'

/** For light mode, on the elements: some mail programs drop style sheets. */
const styles = {
  page: { margin: 0, padding: '24px 12px', backgroundColor: '#f4f4f5', color: '#18181b', fontFamily },
  card: {
    maxWidth: 520,
    margin: '0 auto',
    padding: '24px 28px',
    backgroundColor: '#ffffff',
    borderRadius: 8,
  },
  brand: { margin: '0 0 20px', fontSize: 18, fontWeight: 600 },
  text: { margin: '0 0 16px', fontSize: 16, lineHeight: 1.5 },
  code: {
    margin: '0 0 16px',
    padding: '12px 0',
    fontSize: 32,
    letterSpacing: 4,
    textAlign: 'center',
    backgroundColor: '#f4f4f5',
    borderRadius: 6,
  },
  button: {
    display: 'inline-block',
    padding: '12px 20px',
    fontWeight: 600,
    color: '#ffffff',
    backgroundColor: '#1d4ed8',
    borderRadius: 6,
    textDecoration: 'none',
  },
  facts: { margin: '0 0 16px', fontSize: 14, lineHeight: 1.6, color: '#52525b' },
} as const

/** For dark mode, where the mail program has one. */
const styleSheet = `@media (prefers-color-scheme: dark) {
  .page, .code { background-color: #18181b !important; color: #fafafa !important; }
  .card { background-color: #27272a !important; color: #fafafa !important; }
  .button { background-color: #93c5fd !important; color: #172554 !important; }
  .facts { color: #d4d4d8 !important; }
}`
