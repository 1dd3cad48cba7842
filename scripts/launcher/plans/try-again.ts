import { randomUUID } from 'node:crypto';
import { counted } from '../screen/format';
import type { GatewayClient } from '../gateway/gateway-client';
import { GatewayProblemError } from '../gateway/gateway-problem.error';

/**
 * Resumes a plan that has failed: what failed runs again on its recorded steps, and no finished call is made again.
 * @returns what came of it, in words
 */
export async function tryAgain(client: GatewayClient, planId: string): Promise<string> {
  try {
    const { itemIds } = await client.resumePlan(planId, randomUUID());
    return `${counted(itemIds.length, 'failed item is', 'failed items are')} tried again`;
  } catch (error) {
    if (!(error instanceof GatewayProblemError)) throw error;
    return `what failed is not tried again: ${error.message}`;
  }
}
