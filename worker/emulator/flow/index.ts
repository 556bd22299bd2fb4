import type { OpenFlow } from "../core/flow/account";
import { AccountFlowOf } from "./account-flow";

/** Opens the flow of an account. */
export const openFlow: OpenFlow = (host) => new AccountFlowOf(host);
