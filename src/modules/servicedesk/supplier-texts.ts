import { supplierEn } from './texts/supplier-en.ts'
import { supplierIt } from './texts/supplier-it.ts'

/** What is said around the supplier's own tool and the names behind its work, in each language. */
export const supplierTexts = { it: supplierIt, en: supplierEn }
export type SupplierTexts = typeof supplierIt
