import { expect, test } from 'vitest'
import FlyersPage from '../src/app/flyers/page.tsx'
import { postFlyer } from '../src/app/flyers/post-flyer.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { holding, inProduction, lasting, listCalls, toForm } from './production.ts'
import { act, render } from './request-scope.ts'

const service = inProduction()
const loggedIn = holding({ access: lasting, refresh: 'r' })

test('without a flyers service there is neither the page nor its action', async () => {
  const props = { params: Promise.resolve({}), searchParams: Promise.resolve({}) }
  expect((await render(loggedIn, () => FlyersPage(props))).sentTo).toBe('not found')
  const form = toForm({ id: crypto.randomUUID(), title: 'a', body: '' })
  expect((await act(loggedIn, () => postFlyer(blankForm(), form))).sentTo).toBe('not found')
  expect(listCalls(service())).toEqual([])
})
