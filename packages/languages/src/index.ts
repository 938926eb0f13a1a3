export { chooseLanguage } from './choose-language.ts'
export { directionOf, type Language, languages, toLanguage } from './language.ts'
