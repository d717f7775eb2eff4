{{- define "voxport.fullname" -}}
{{- if contains "voxport" .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-voxport" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "voxport.selector" -}}
app.kubernetes.io/name: voxport
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "voxport.labels" -}}
{{ include "voxport.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "voxport.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "voxport.fullname" .) }}{{ else }}{{ .Values.serviceAccount.name | default "default" }}{{ end }}
{{- end }}

{{- define "voxport.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* What the Secret has to have: a pod without it does not start, and says which is missing. */}}
{{- define "voxport.secrets" -}}
{{- $names := list "VOXPORT_DATABASE_URL" "VOXPORT_SECRET_KEY" }}
{{- if .Values.pooler }}{{ $names = append $names "VOXPORT_DATABASE_DIRECT_URL" }}{{ end }}
{{- if .Values.monitoring.token }}{{ $names = append $names "VOXPORT_METRICS_TOKEN" }}{{ end }}
{{- join " " $names }}
{{- end }}

{{/* The environment of a container: what the Secret has to have, the settings of all, `own` ones over them. */}}
{{- define "voxport.environment" -}}
{{- $secret := required "secretName: the Secret with VOXPORT_DATABASE_URL and VOXPORT_SECRET_KEY" .root.Values.secretName }}
{{- if not .root.Values.settings.VOXPORT_STORE_URL }}{{ fail "settings.VOXPORT_STORE_URL: recordings would be lost with the pod" }}{{ end }}
env:
  {{- range $name := splitList " " (include "voxport.secrets" .root) }}
  - name: {{ $name }}
    valueFrom:
      secretKeyRef: {name: {{ $secret }}, key: {{ $name }}}
  {{- end }}
  {{- range $name, $value := merge (dict) .own (dict "VOXPORT_DRAIN_S" .root.Values.drainSeconds) .root.Values.settings }}
  - name: {{ $name }}
    value: {{ $value | toString | quote }}
  {{- end }}
envFrom:
  - secretRef: {name: {{ $secret }}}
{{- end }}

{{/* Of every pod: who it is, and that it may do nothing but its work. */}}
{{- define "voxport.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "voxport.container" -}}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
volumeMounts:
  - {name: data, mountPath: /data}
  - {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "voxport.volumes" -}}
volumes:
  - name: data
    emptyDir: {sizeLimit: {{ . }}}
  - name: tmp
    emptyDir: {sizeLimit: 1Gi}
{{- end }}

{{- define "voxport.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "voxport.selector" . | nindent 8 }}
{{- end }}
