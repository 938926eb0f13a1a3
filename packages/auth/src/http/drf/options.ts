import { unwrap } from '../../procedures/definitions.ts'
import type { Endpoint, Operation } from '../routes.ts'

/**
 * Returns the answer to `OPTIONS`, as Django REST framework's SimpleMetadata writes it: the texts
 * of the view, and the fields of the `POST` serializer.
 */
export function describe({ operations }: Endpoint): object {
  const [first] = operations.values()
  const post = operations.get('POST')
  return {
    name: first?.rest.view,
    description: first?.rest.text ?? '',
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    ...(post?.input === undefined ? {} : { actions: { POST: describeFields(post) } }),
  }
}

function describeFields({ input, rest: { headers = {}, readOnly = [] } }: Operation): object {
  const taken = Object.entries(input?.shape ?? {}).filter(([name]) => !Object.hasOwn(headers, name))
  return Object.fromEntries([
    ...taken.map(([name, field]) => [name, describeField(name, unwrap(field) === field, false)] as const),
    ...readOnly.map((name) => [name, describeField(name, false, true)] as const),
  ])
}

function describeField(name: string, required: boolean, readOnly: boolean): object {
  return {
    type: 'string',
    required,
    read_only: readOnly,
    label: name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' '),
  }
}
