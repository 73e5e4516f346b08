import { turnAnnouncements } from '#core/announcements/turn-announcements'
import { schedule } from '../schedules.ts'

export default schedule({ every: '30s', run: turnAnnouncements })
