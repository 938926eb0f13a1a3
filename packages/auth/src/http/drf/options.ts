import type { Description } from '../endpoints.ts'

/** The answer to `OPTIONS`, as Django REST framework's SimpleMetadata writes it. */
export function describe({ name, text, fields }: Description): object {
  return {
    name,
    description: text,
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    ...(fields === undefined ? {} : { actions: { POST: describeFields(fields) } }),
  }
}

function describeFields(fields: NonNullable<Description['fields']>): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, kind]) => [
      name,
      {
        type: 'string',
        required: kind === 'required',
        read_only: kind === 'read_only',
        label: name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' '),
      },
    ]),
  )
}
