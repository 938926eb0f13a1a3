import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** The files of the page "High availability", which a cluster of tests runs. */
const files = join(import.meta.dirname, '../cluster')

/** Where this cluster is: the first three bytes of its addresses, and a folder for its data. */
export interface Place {
  network: string
  folder: string
}

/** Reads a file of the page and moves its addresses and data. All else is as the page has it. */
export async function readClusterFile(name: string, { network, folder }: Place): Promise<string> {
  const text = await readFile(join(files, name), 'utf8')
  return text.replaceAll('10.0.0.', `${network}.`).replaceAll('/var/lib', folder)
}

/** Reads the environment of a node: node1's, with the name and the address of this one. */
export async function readNodeEnv(index: number, place: Place): Promise<Record<string, string>> {
  const text = await readClusterFile('node1.env', place)
  const own = text
    .replaceAll(/\bnode1\b/g, `node${index}`)
    .replaceAll(`${place.network}.11`, nodeHost(index, place))
  return toEnv(own)
}

/** Returns the address of a node, counted from 1. */
export function nodeHost(index: number, { network }: Place): string {
  return `${network}.1${index}`
}

/** Reads `NAME=value` lines. */
export function toEnv(text: string): Record<string, string> {
  return Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value = '']) => [name, value]))
}
