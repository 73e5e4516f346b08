import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Invalid } from '#platform/errors'
import { inJobFolder } from '#platform/job-folder'
import { findMediaPrograms } from '#platform/media-programs'
import { sniffMediaType } from '#platform/media-type'
import { runMediaTask } from '#platform/run-media-task'
import { bombs } from '#test/support/media-bombs'

const MIB = 1_048_576
test.each(Object.keys(bombs))(
  'R-084: %s is refused, or ended within its bounds, and the server goes on',
  async (which) => {
    const programs = await findMediaPrograms()
    const before = process.memoryUsage.rss()
    const bytes = await bombs[which]!()
    const verdict = await inJobFolder(async (folder) => {
      await writeFile(join(folder, 'input'), bytes)
      const type = await sniffMediaType(join(folder, 'input'))
      if (!type) return 'unknown'
      const used = process.cpuUsage()
      const made = await runMediaTask({ do: 'attachment', input: 'input', type, programs }, folder, {
        owner: '1',
        isOwn: false,
      }).catch((error: unknown) => error)
      // What is decoded is decoded elsewhere.
      expect(process.cpuUsage(used).user).toBeLessThan(5_000_000)
      if (made instanceof Invalid) return 'refused'
      // Nothing but the picture that it is, whatever else is in it.
      const { meta, kind } = made as { kind: string; meta: { original?: { width?: number } } }
      return kind === 'image' && meta.original?.width === 64 ? 'small' : made
    })
    expect(['unknown', 'refused', 'small']).toContain(verdict)
    expect(process.memoryUsage.rss() - before).toBeLessThan(512 * MIB)
  },
  120_000,
)
