import type TypeScript from 'typescript';

import { nodeRequire } from './nodeRequire';

/** The compiler, loaded by Node itself: under jest's sandbox it takes twice as long. */
export const ts = nodeRequire('typescript') as typeof TypeScript;
