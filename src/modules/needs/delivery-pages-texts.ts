import { deliveryPagesEn } from './texts/delivery-pages-en.ts'
import { deliveryPagesIt } from './texts/delivery-pages-it.ts'

/** What the pages of orders, deliveries and the reconciliation say, in each language. */
export const deliveryPagesTexts = { it: deliveryPagesIt, en: deliveryPagesEn }
export type { DeliveryPagesTexts } from './texts/delivery-pages-it.ts'
