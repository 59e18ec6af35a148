import * as z from 'zod';

// Words of the ledger's columns. One of a later version, or one that a damaged page garbled, must not take the good
// records beside it along.

export const speedWord = z.enum(['standard', 'fast']).catch('standard');
export const tierWord = z.enum(['standard', 'batch', 'flex', 'priority']).catch('standard');
export const qualityWord = z.enum(['exact', 'partial', 'estimated', 'unverified']).catch('unverified');
