import { useShell } from '../../../web/ui/shell.tsx'
import { fieldEn } from '../texts/field-en.ts'
import { fieldIt } from '../texts/field-it.ts'
import { goodsEn } from '../texts/goods-en.ts'
import { goodsIt } from '../texts/goods-it.ts'

const field = { it: fieldIt, en: fieldEn }
const goods = { it: goodsIt, en: goodsEn }

/** The words of the technician's page, in the language of the page. */
export function useFieldTexts() {
  return field[useShell().language]
}

/** The words of consumables, in the language of the page. */
export function useGoodsTexts() {
  return goods[useShell().language]
}
