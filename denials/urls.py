"""The addresses of the register."""

from django.urls import path

from denials import views

app_name = "denials"
urlpatterns = [
    path("", views.DenialList.as_view(), name="list"),
    path("new/", views.NewDenial.as_view(), name="new"),
    path("entries/", views.EntrySearch.as_view(), name="entries"),
    path("entries/read/", views.ReadEntries.as_view(), name="read-entries"),
    path("lists/", views.ControlListIndex.as_view(), name="control-lists"),
    path("lists/<slug:code>/", views.ControlListTree.as_view(), name="control-lists-tree"),
    path("lists/<slug:code>/<str:entry>/", views.ControlListEntryPage.as_view(), name="control-lists-entry"),
    path("places/", views.PlaceList.as_view(), name="places"),
    path("places/<str:place>/", views.PlaceDetail.as_view(), name="places-detail"),
    path("import/", views.UploadFile.as_view(), name="import"),
    path("import/<uuid:job>/", views.ConfirmImport.as_view(), name="import-confirm"),
    path("import/<uuid:job>/columns/", views.MapColumns.as_view(), name="import-columns"),
    path("import/<uuid:job>/cancel/", views.CancelImport.as_view(), name="import-cancel"),
    path("import/<uuid:job>/errors.<form>", views.ImportErrors.as_view(), name="import-errors"),
    path("export/", views.ExportPage.as_view(), name="export"),
    path("export/denials.<form>", views.ExportRegister.as_view(), name="export-file"),
    path("<uuid:denial>/dossier.pdf", views.DenialDossier.as_view(), name="dossier"),
    path("imported/<uuid:file>/", views.ImportReceipt.as_view(), name="imported"),
    path("searches/", views.SavedSearches.as_view(), name="searches"),
    path("searches/new/", views.SaveSearch.as_view(), name="searches-new"),
    path("searches/<uuid:search>/", views.ChangeSearch.as_view(), name="searches-edit"),
    path("searches/<uuid:search>/open/", views.OpenSearch.as_view(), name="searches-open"),
    path("as-it-stood/", views.AsItStood.as_view(), name="as-it-stood"),
    path("<uuid:denial>/as-it-stood/", views.DenialAsItStood.as_view(), name="stood"),
    path("<uuid:denial>/differences/", views.VersionsSideBySide.as_view(), name="differences"),
    path("<uuid:denial>/erase/", views.ErasePerson.as_view(), name="erase"),
    path("<uuid:denial>/", views.DenialDetail.as_view(), name="detail"),
    path("<uuid:denial>/peek/", views.DenialPeek.as_view(), name="peek"),
    path("<uuid:denial>/edit/", views.EditDraft.as_view(), name="edit"),
    path("<uuid:denial>/check/", views.CheckDraft.as_view(), name="check"),
    path("<uuid:denial>/preview/", views.PreviewDenial.as_view(), name="preview"),
    path("<uuid:denial>/discard/", views.DiscardDraft.as_view(), name="discard"),
    path("<uuid:denial>/receipt/", views.DenialReceipt.as_view(), name="receipt"),
    path("<uuid:denial>/amend/", views.AmendDenial.as_view(), name="amend"),
    path("<uuid:denial>/amend/preview/", views.PreviewAmendment.as_view(), name="amend-preview"),
    path("<uuid:denial>/renew/", views.RenewDenial.as_view(), name="renew"),
    path("<uuid:denial>/revoke/", views.EndDenial.as_view(event="revoke"), name="revoke"),
    path("<uuid:denial>/withdraw/", views.EndDenial.as_view(event="withdraw"), name="withdraw"),
]
