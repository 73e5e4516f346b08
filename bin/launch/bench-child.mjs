import { pathToFileURL } from 'node:url'

const { measure } = await import(pathToFileURL(process.argv[2]).href)
process.send(await measure(), () => process.exit(0))
