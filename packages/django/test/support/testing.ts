export { createDjango, type DjangoDatabase, type Shape } from './django-database.ts'
export { type DjangoService, hasDjango, startDjango } from './django-service.ts'
