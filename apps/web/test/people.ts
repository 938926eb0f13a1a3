import { randomUUID } from 'node:crypto'

/** Who can log in during the tests. Tests that change an account take one of their own. */
export const people = {
  ada: {
    email: 'ada@example.com',
    password: 'correct horse battery',
    display_name: 'Ada Lovelace',
    bio: '',
  },
  grace: {
    email: 'grace@example.com',
    password: 'staple of a nanosecond',
    display_name: 'Grace Hopper',
    bio: 'I collect flyers of street festivals.\nFavourite colour: teal.',
  },
}

export interface Person {
  email: string
  password: string
  display_name: string
  bio: string
}

/** A new person that no other test knows. */
export function makePerson(): Person {
  const name = randomUUID()
  return {
    email: `${name}@example.com`,
    password: `the word of ${name}`,
    display_name: 'Lin Newcomer',
    bio: '',
  }
}
