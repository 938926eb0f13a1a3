import { vi } from 'vitest'

// Modules that read the environment once are read again by each test file.
vi.resetModules()
