/** Stands for expo-secure-store, which needs a phone: values of at most 2,048 bytes. */
const values = new Map()

export const getItemAsync = async (key) => values.get(key) ?? null

export async function setItemAsync(key, value) {
  if (value.length > 2048) throw new Error('The value is too long.')
  values.set(key, value)
}

export const deleteItemAsync = async (key) => void values.delete(key)
