import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { instance } from '#config/instance'
import { objects } from '#config/objects'
import { log } from './log.ts'
import { findMediaPrograms } from './media-programs.ts'
import { workshop } from './run-media-task.ts'
import type { Level } from './sandbox.ts'

/** How media are handled on this machine: what they are decoded with, how confined, and what an operator should change. */
export type MediaReport = { level?: Level; versions: Record<string, string>; warnings: string[] }

/** The first versions without holes that are known to be used (CVE-2023-4863, GHSA-rgj7-g3m4-5g8c). */
const least: Record<string, string> = {
  vips: '8.15.2',
  webp: '1.3.2',
  heif: '1.19.0',
  png: '1.6.40',
  ffmpeg: '5.1',
}
const told = new Set(['vips', 'webp', 'heif', 'aom', 'png', 'cgif'])

/** Looks at the tools and settings of media. Never throws: what is missing is a warning. */
export async function mediaReport(): Promise<MediaReport> {
  const [shop, ffmpeg] = await Promise.all([workshop().catch(() => undefined), ffmpegVersion()])
  const libraries = Object.entries(shop?.libraries ?? {}).filter(([name]) => told.has(name))
  const versions: Record<string, string> = { ...Object.fromEntries(libraries), ...(ffmpeg && { ffmpeg }) }
  const old = Object.entries(least).filter(([name, first]) => isOlder(versions[name], first))
  const warnings = [
    ...(shop ? [] : ['The media worker does not start: pictures cannot be uploaded.']),
    ...(shop && shop.level !== 'namespaces' ? ['Media are decoded without namespaces of their own.'] : []),
    ...(ffmpeg ? [] : ['There is no ffmpeg: video and sound cannot be uploaded.']),
    ...old.map(([name]) => `${name} ${versions[name]} has known holes: update it.`),
    ...(instance.isSecure && !objects.s3?.publicUrl
      ? ['Media are served from the host of the site itself.']
      : []),
  ]
  return { ...(shop && { level: shop.level }), versions, warnings }
}

/** Writes the report to the log. */
export async function tellAboutMedia(): Promise<void> {
  const { warnings, ...report } = await mediaReport()
  log.info({ media: report }, 'media are ready')
  for (const warning of warnings) log.warn(`${warning} See docs/operating.md, Media.`)
}

async function ffmpegVersion(): Promise<string | undefined> {
  try {
    const { ffmpeg } = await findMediaPrograms()
    const { stdout } = await promisify(execFile)(ffmpeg, ['-version'], { timeout: 10_000 })
    return /^ffmpeg version (\S+)/.exec(stdout)?.[1]
  } catch {
    // There is none, or it does not run; the report says so.
    return undefined
  }
}

/** Builds from Git count their commits instead: `N-47683` is of 2018, and 105,000 were reached in 2021. */
function isOlder(version = '', first: string): boolean {
  const commits = /^N-(\d+)/.exec(version)?.[1]
  if (commits) return Number(commits) < 105_000
  const parts = (text: string) => text.split('.').map((part) => Number.parseInt(part, 10))
  const [have, want] = [parts(version), parts(first)]
  const at = want.findIndex((part, index) => part !== (have[index] ?? 0))
  return at >= 0 && (have[at] ?? 0) < (want[at] ?? 0)
}
