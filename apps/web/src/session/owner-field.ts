/** The field of a form that says whose page it was sent from: the user's id. */
export const ownerField = 'owner'
