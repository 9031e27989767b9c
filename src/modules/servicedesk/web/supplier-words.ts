import { useShell } from '../../../web/ui/shell.tsx'
import { retentionTexts } from '../retention-texts.ts'
import { supplierTexts } from '../supplier-texts.ts'

/** The words around the supplier's tool and around retention, in the language of the page. */
export function useSupplierTexts() {
  const { language } = useShell()
  return { ...supplierTexts[language], retention: retentionTexts[language] }
}
