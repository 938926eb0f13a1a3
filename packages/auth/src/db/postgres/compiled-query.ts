import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'

/** Stand-ins for the values of a query, by their names. */
export type Placeholders<Values> = { [Name in keyof Values]: RawBuilder<Values[Name]> }

/**
 * Builds and compiles a query on its first use only; later calls fill in the values. Building the
 * query of a refresh takes Kysely 0.1 ms, a third of the whole refresh. Use it for queries that
 * every request sends; build the others where you send them.
 */
export function compiledQuery<Values extends object, Row extends object>(
  build: (db: Kysely<Database>, values: Placeholders<Values>) => Compilable<Row>,
): (db: Kysely<Database>, values: Values) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | undefined
  return async (db, values) => {
    compiled ??= build(db, createPlaceholders<Values>()).compile()
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Placeholder ? Reflect.get(values, parameter.name) : parameter,
    )
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters })
    return rows
  }
}

/** Takes the place of a value while a statement is compiled. */
class Placeholder {
  readonly name: string | symbol

  constructor(name: string | symbol) {
    this.name = name
  }
}

/** Stands in for the value of this name. */
export function placeholder<Value>(name: string | symbol): RawBuilder<Value> {
  return sql`${new Placeholder(name)}`
}

function createPlaceholders<Values>(): Placeholders<Values> {
  const placeholders = new Proxy({}, { get: (_, name) => placeholder(name) })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has every name
  return placeholders as Placeholders<Values>
}
