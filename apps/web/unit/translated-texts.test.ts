import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'rolldown/parseAst'
import { expect, test } from 'vitest'

/**
 * Browsers that translate a page replace its text nodes. React then fails to insert before one or
 * to remove one. So an element with a child that comes and goes holds no text of its own: each
 * text has an element.
 */

type Node = Record<string, unknown> & { type: string }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const childNodes = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

/** Returns the line of each element whose own text stands beside a child that comes and goes. */
function findBareTexts(source: string): string[] {
  const found: string[] = []
  const visit = (node: Node) => {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      const children = childrenOf(node)
      const texts = children.filter(isText)
      const comesAndGoes = children.some(isConditional)
      if (children.length > 1 && texts.length > 0 && comesAndGoes) found.push(lineOf(source, node))
    }
    childNodes(node).forEach(visit)
  }
  visit(parse(source))
  return found
}

function parse(source: string): Node {
  const program: unknown = parseAst(source, { lang: 'tsx' })
  if (!isNode(program)) throw new TypeError('The parser has returned no program.')
  return program
}

/** The children that React makes nodes of: no white space between lines, no comment. */
function childrenOf({ children }: Node): Node[] {
  const list = Array.isArray(children) ? children.filter(isNode) : []
  return list.filter((child) => !isLayout(child) && expressionOf(child)?.type !== 'JSXEmptyExpression')
}

const isLayout = ({ type, value }: Node) =>
  type === 'JSXText' && typeof value === 'string' && value.trim() === '' && value.includes('\n')

function expressionOf(child: Node): Node | undefined {
  return child.type === 'JSXExpressionContainer' && isNode(child['expression'])
    ? child['expression']
    : undefined
}

/** Text, or a choice of texts. An identifier may be one too: `texts.lead`, `title`. */
function isText(child: Node): boolean {
  const expression = expressionOf(child)
  return child.type === 'JSXText' || (expression !== undefined && mayBeText(expression))
}

function mayBeText(node: Node): boolean {
  if (node.type === 'ConditionalExpression') {
    return [node['consequent'], node['alternate']].some((branch) => isNode(branch) && mayBeText(branch))
  }
  if (node.type === 'LogicalExpression') return isNode(node['right']) && mayBeText(node['right'])
  if (node.type === 'Identifier') return !slots.has(node['name'])
  return ['Literal', 'TemplateLiteral', 'MemberExpression'].includes(node.type)
}

/** The props that hold elements, by their names. */
const slots = new Set<unknown>(['children', 'aside', 'nav', 'control'])

function isConditional(child: Node): boolean {
  const { type } = expressionOf(child) ?? child
  return type === 'ConditionalExpression' || type === 'LogicalExpression'
}

function lineOf(source: string, { start }: Node): string {
  return String(source.slice(0, Number(start)).split('\n').length)
}

const folder = fileURLToPath(new URL('../src/', import.meta.url))
const files = globSync('**/*.tsx', { cwd: folder })

test('every changing text of a component has an element of its own', () => {
  expect(files.length).toBeGreaterThan(40)
  const found = files.flatMap((file) =>
    findBareTexts(readFileSync(folder + file, 'utf8')).map((line) => `${file}:${line}`),
  )
  expect(found).toEqual([])
})

test.each([
  '<p>{isOn && <b />}text</p>',
  '<p>text {isOn ? <b /> : null}</p>',
  "<p>{isOn ? 'on' : 'off'} and on</p>",
  '<p>{isOn && <b />}{texts.lead}</p>',
  "<p><b />{isOn ? 'on' : 'off'}</p>",
  "<>{isOn && 'on'}<b /></>",
])('a text that React cannot change is found: %s', (source) => {
  expect(findBareTexts(source)).toHaveLength(1)
})

test.each([
  "<p>{isOn ? 'on' : 'off'}</p>",
  '<p>{isOn && <b />}<span>text</span></p>',
  '<p>constant <b>text</b></p>',
  '<div>{isOn ? <b /> : <i />}{children}</div>',
])('a text that React can change is let through: %s', (source) => {
  expect(findBareTexts(source)).toEqual([])
})
