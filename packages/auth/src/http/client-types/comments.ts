import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Columns of a line of a comment. */
const width = 100

/**
 * Returns the doc comments of the constants that the files of a folder export, as plain text by
 * name. An empty line separates paragraphs. It leaves out tags such as `@throws`, which are for
 * callers within the service.
 */
export function readComments(folder: string): Map<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  const sources = files.map((file) => readFileSync(join(folder, file), 'utf8'))
  return new Map(sources.flatMap(findComments))
}

const documented = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+)/g

function findComments(source: string): [string, string][] {
  return [...source.matchAll(documented)].map(([, comment = '', name = '']) => [name, toText(comment)])
}

function toText(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trim())
  const [text = ''] = `\n${lines.join('\n')}`.split(/\n@/)
  return text.trim()
}

/** Returns a doc comment, wrapped and indented; nothing for an empty text. */
export function renderComment(text: string, indent: string): string {
  if (text === '') return ''
  const line = `${indent}/** ${text} */`
  if (!text.includes('\n') && line.length <= width) return `${line}\n`
  const lines = text.split('\n\n').map((paragraph) => wrap(paragraph, `${indent} * `))
  return `${indent}/**\n${lines.join(`\n${indent} *\n`)}\n${indent} */\n`
}

function wrap(paragraph: string, prefix: string): string {
  const lines = ['']
  for (const word of paragraph.split(/\s+/)) {
    const line = `${lines.at(-1)} ${word}`.trimStart()
    if (prefix.length + line.length <= width) lines.splice(-1, 1, line)
    else lines.push(word)
  }
  return lines.map((line) => prefix + line).join('\n')
}
