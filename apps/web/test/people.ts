/** Who can log in during the tests. */
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

export type Person = (typeof people)[keyof typeof people]
