import { mediaReport } from '#platform/media-report'

test('the versions of what decodes media are told, and none of them has known holes (CVE-2023-4863)', async () => {
  const { level, versions, warnings } = await mediaReport()
  expect(['namespaces', 'user', 'limits']).toContain(level)
  for (const name of ['vips', 'webp', 'heif', 'png', 'ffmpeg']) expect(versions[name]).toMatch(/\d/)
  expect(warnings.filter((warning) => /(vips|webp|heif|png) /.test(warning))).toEqual([])
})
