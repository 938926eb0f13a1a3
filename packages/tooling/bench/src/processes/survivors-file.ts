import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Returns the file that a process with `sample-survivors.ts` writes its figure to. */
export const survivorsFile = (pid: number) => join(tmpdir(), `survivors-${pid}`)
