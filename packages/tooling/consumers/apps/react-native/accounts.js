import { createAuthClient } from '@pockitflyer/auth-client'
import { createSplitStorage, createStorageStore } from '@pockitflyer/auth-client/storage'
import * as SecureStore from './secure-store'

const storage = {
  getItem: SecureStore.getItemAsync,
  setItem: SecureStore.setItemAsync,
  removeItem: SecureStore.deleteItemAsync,
}

export const createAccounts = (url) =>
  createAuthClient({ url, store: createStorageStore(createSplitStorage(storage), { key: 'session' }) })
