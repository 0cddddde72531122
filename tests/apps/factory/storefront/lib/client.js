import axios from "axios";

const base = process.env.NEXT_PUBLIC_API_BASE || "http://localhost:9000";

export const client = axios.create({ baseURL: base });
export const socketUrl = base.replace(/^http/, "ws") + "/live/stock";
export const siteUrl = process.env.NEXT_PUBLIC_SITE_URL ?? "http://localhost:4000";
export const analytics = process.env.NEXT_PUBLIC_ANALYTICS_ID ?? "";
