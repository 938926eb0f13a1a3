/** The account that every database here has. */
export const account = { email: 'ada@example.com', password: 'correct horse battery staple', is_active: true }
