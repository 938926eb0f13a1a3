export const operator = { client: { ip: null, userAgent: 'test' } }
export const passwords = { memoryKib: 19456, timeCost: 2, parallelism: 1 }
