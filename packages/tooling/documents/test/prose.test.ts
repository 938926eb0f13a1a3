import { expect, test } from 'vitest'
import { documents, read } from './documents.ts'

/** Reports and the error notes come from elsewhere. */
const written = documents.filter((path) => !/docs\/measured\/|docs\/errors\.md|\/screenshots\//.test(path))

/** Words that the field has a plainer or a single one for. */
const avoided =
  /\b(nobody|somebody|anybody|whoever|whatever|renew\w*|sign(?:ed)?[- ](?:in|out)|be it|but for|is told|hears of)\b/gi

const longestSentence = 25

/** The text of a document without its code, its comments and its links' targets. */
const proseOf = (path: string) =>
  read(path)
    .replaceAll(/^ *```.*?^ *```$|<!--.*?-->/gms, '')
    .replaceAll(/\]\([^)]*\)/g, ']')

/** The sentences of paragraphs, list items and table cells. A colon or a semicolon ends one. */
function sentencesOf(prose: string): string[] {
  const blocks = prose.split(/\n\s*\n|\n(?=\s*(?:[-|#]|\d+\. ))/)
  const texts = blocks.flatMap((block) => (block.startsWith('|') ? block.split('|') : [block]))
  return texts.flatMap((text) => text.replaceAll(/\s+/g, ' ').split(/(?<=[.!?:;])\s+/))
}

const countWords = (sentence: string) => sentence.match(/[\w'’`][\w'’`./_:-]*/g)?.length ?? 0

test.each(written)('%s uses plain words', (path) => {
  expect(proseOf(path).match(avoided) ?? []).toEqual([])
})

test.each(written)('%s has at most 25 words a sentence', (path) => {
  const long = sentencesOf(proseOf(path)).filter((sentence) => countWords(sentence) > longestSentence)
  expect(long).toEqual([])
})
