const { NEXT_PUBLIC_BACKEND } = process.env;
export class Http {
  #root = NEXT_PUBLIC_BACKEND!;
  get(path: string) {
    return this.send("GET", path);
  }
  send(method: string, path: string) {
    return fetch(`${this.#root}/${path}`, { method });
  }
}
export const notes = (id: number) => new Http().get(`files/${id}`);
export const login = () => new Http().send("POST", "login/access-token");
