import { goodsEn } from './texts/goods-en.ts'
import { goodsIt } from './texts/goods-it.ts'

/** What is said of consumables, in each language. */
export const goodsTexts = { it: goodsIt, en: goodsEn }
