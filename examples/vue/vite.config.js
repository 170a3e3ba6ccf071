import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const template = { compilerOptions: { isCustomElement: (tag) => tag === "touchstone-verify" } };

export default defineConfig({
  base: "./",
  plugins: [vue({ template })],
  optimizeDeps: { exclude: ["touchstone-verify"] },
  // The package lies outside of this folder.
  server: { fs: { allow: [".", "../../dist"] } },
});
