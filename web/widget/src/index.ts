import { LeaseAssistant } from "./element";

if (!customElements.get("lease-assistant")) customElements.define("lease-assistant", LeaseAssistant);
