import { clearLooseMedia } from '#core/media/clear-loose-media'
import { clearMirroredMedia } from '#core/media/clear-mirrored-media'
import { clearOrphans } from '#core/media/clear-orphans'
import { resumeMedia } from '#core/media/resume-media'
import { schedule } from '../schedules.ts'

export default schedule(
  { every: '1m', run: resumeMedia },
  { every: '1h', run: clearLooseMedia },
  { every: '1h', run: clearMirroredMedia },
  { every: '1d', run: clearOrphans },
)
