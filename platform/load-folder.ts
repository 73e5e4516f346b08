import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Imports every `.ts` file of a folder, below it too when `deep`, and gives each default export with its path.
 * `isRight` says what a file of this folder must export; one of another shape stops the start with its name.
 */
export async function loadFolder<T>(
  folder: URL,
  isRight: (value: unknown) => value is T,
  deep = false,
): Promise<{ path: string; value: T }[]> {
  const root = folder.pathname
  const files = (await readdir(root, { recursive: deep })).filter((name) => name.endsWith('.ts')).sort()
  return Promise.all(
    files.map(async (name) => {
      const module = (await import(pathToFileURL(join(root, name)).href)) as { default?: unknown }
      if (!isRight(module.default)) {
        throw new Error(
          `${relative(process.cwd(), join(root, name))} does not export what its folder collects.`,
        )
      }
      return { path: name, value: module.default }
    }),
  )
}
