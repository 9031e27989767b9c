/** Which life each kind of case lives. */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { applicationLife } from './lives-applications.ts'
import { ancillaryLife, deskLife } from './lives-desk.ts'
import { goodsLife } from './lives-goods.ts'
import { worksLife } from './lives-works.ts'
import type { Life } from './story.ts'

export const lives: Record<CaseKind, Life> = {
  incident: deskLife,
  service_request: deskLife,
  consumable: goodsLife,
  application_support: applicationLife,
  defect: applicationLife,
  small_maintenance: worksLife,
  data_processing: worksLife,
  development_request: worksLife,
  ancillary_service: ancillaryLife,
}
